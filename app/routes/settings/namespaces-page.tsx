export default function NamespacesPage() {
  return <h1>Namespaces</h1>
}
