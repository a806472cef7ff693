export default function InstallationPage() {
  return <h1>Installation</h1>
}
