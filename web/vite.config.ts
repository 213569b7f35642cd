import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Shapes are the server's: src/kernel/shapes.ts says why.
  resolve: { alias: { typebox: `${import.meta.dirname}/src/kernel/shapes.ts` } },
  // Phones in the villages keep a browser for years: Chrome 100 is the WebView of 2022.
  build: { target: ['chrome100', 'safari15.4', 'firefox100'], manifest: true, outDir: 'dist', emptyOutDir: true },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': process.env['NUANYANG_API'] ?? 'http://127.0.0.1:3000' },
  },
})
