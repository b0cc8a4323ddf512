import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { demoServer } from './demo/server/demoServer.ts'
import { generate } from './scripts/generate.mjs'
import { HOSTILE_MESSAGE } from './test/react/hostileMessage.ts'

generate()

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The doors by their public names, so that demo and tests read as a user's code does. */
const doors = {
  'react-realtime-stt/captions.css': at('src/react/captions.css'),
  'react-realtime-stt/core': at('src/core.ts'),
  'react-realtime-stt/testing': at('src/testing.ts'),
  'react-realtime-stt': at('src/index.ts'),
}

const dom = {
  environment: 'jsdom',
  setupFiles: [at('test/setup.ts'), at('test/setupDom.ts')],
}

const browser = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  root: at('demo'),
  plugins: [react(), demoServer()],
  resolve: { alias: doors },
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true },
  build: {
    target: 'es2022',
    // agora-rtc-sdk-ng is one chunk, loaded with the real service only.
    chunkSizeWarningLimit: 1_300,
    rolldownOptions: { input: [at('demo/index.html'), at('demo/device.html')] },
  },
  test: {
    root: at('.'),
    // TanStack Query reports what an app's own callbacks throw as unhandled rejections.
    onUnhandledError: ({ message }) => message !== HOSTILE_MESSAGE,
    // Without it Vitest leaves one processor alone: on a small machine half of them.
    maxWorkers: '100%',
    // Only against hanging: how long a test takes says nothing on a busy machine.
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: [at('test/setup.ts')],
          include: [
            'test/{agora,captions,demo,claims,session,testing,flows,simulation,package}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          ...dom,
          name: 'react',
          env: { STT_REACT: '19' },
          include: ['test/react/**/*.test.tsx'],
        },
      },
      {
        extends: true,
        resolve: {
          alias: {
            ...doors,
            // Its CommonJS build would require React 19 past the aliases.
            '@testing-library/react': at(
              'node_modules/@testing-library/react/dist/@testing-library/react.esm.js',
            ),
            'react-dom': at('test/react18/node_modules/react-dom'),
            react: at('test/react18/node_modules/react'),
          },
        },
        test: {
          ...dom,
          name: 'react18',
          env: { STT_REACT: '18' },
          include: ['test/react/**/*.test.tsx'],
          server: { deps: { inline: [/@tanstack/, /@testing-library/] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['test/types/**/*.test-d.{ts,tsx}'] },
        },
      },
      {
        extends: true,
        test: {
          ...browser,
          name: 'browser',
          include: ['test/browser/*.test.ts', 'test/browser/captions/*.test.ts'],
          globalSetup: [at('test/browser/buildDemo.ts')],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...browser,
          name: 'tabs',
          include: ['test/browser/tabs/*.test.ts'],
          // Who is throttled, and when, is what they are about.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
