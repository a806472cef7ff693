export default function ChooseTheme() {
  return <h1>Theme</h1>
}
