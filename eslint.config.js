import babelParser from '@babel/eslint-parser'
import reactHooks from 'eslint-plugin-react-hooks'

/** Biome lints everything else; the React Compiler's rules exist only here. */
export default [
  { ignores: ['dist/', '**/generated/', 'node_modules/'] },
  {
    ...reactHooks.configs.flat['recommended-latest'],
    files: ['src/**/*.{ts,tsx}', 'demo/**/*.{ts,tsx}', 'test/apps/**/*.{ts,tsx}'],
    languageOptions: {
      parser: babelParser,
      parserOptions: {
        requireConfigFile: false,
        babelOptions: { parserOpts: { plugins: ['typescript', 'jsx'] } },
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
]
