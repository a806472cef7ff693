// How the pages in app/ are built and served. Tests do not read this file (vitest.config.ts).
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    tailwindcss(),
    remix({
      serverModuleFormat: 'esm',
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  ssr: {
    // Some hundred small files that a page is made of: as one they load in half the time.
    noExternal: [/^@radix-ui\//, 'radix-ui', 'lucide-react', 'sonner', 'cmdk', '@tanstack/react-query', '@tanstack/query-core'],
  },
  build: {
    target: 'es2022',
    // An inlined asset would be a data: URL, which the content security policy refuses.
    assetsInlineLimit: 0,
  },
})
