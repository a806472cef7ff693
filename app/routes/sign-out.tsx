export default function SignOut() {
  return <h1>Sign out</h1>
}
