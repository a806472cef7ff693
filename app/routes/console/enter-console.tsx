export default function EnterConsole() {
  return <h1>Enter</h1>
}
