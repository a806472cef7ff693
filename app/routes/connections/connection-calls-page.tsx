export default function ConnectionCallsPage() {
  return <h1>Calls</h1>
}
