// Tests run without Vite's app plugins (vite.config.ts is not read): they import the sources as they are.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/setup.ts'],
    // Processes, not threads: the umask, signals and native libSQL handles belong to a process.
    pool: 'forks',
    maxWorkers: 2,
    // Files of one process share what they import: reading it anew for each was a third of the time. What a test changes outside of itself
    // it puts back, and no module keeps what a test could leave behind.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
