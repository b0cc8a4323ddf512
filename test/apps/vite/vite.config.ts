import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  build: {
    // The vendor's SDK alone is 1.6 MB.
    chunkSizeWarningLimit: 2_500,
    ...(!isSsrBuild && {
      rolldownOptions: {
        input: readdirSync(at('.'))
          .filter((name) => name.endsWith('.html'))
          .map(at),
      },
    }),
  },
}))
