// In the build this stands in for TypeBox: contracts declare the shapes of what is sent with it, the server checks by them, and no page
// ever reads them. Without it every phone fetches 17 kB less. See web/vite.config.ts.
const shape = () => ({})
export const Type: unknown = new Proxy({}, { get: () => shape })
