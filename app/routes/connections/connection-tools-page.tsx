export default function ConnectionToolsPage() {
  return <h1>Tools</h1>
}
