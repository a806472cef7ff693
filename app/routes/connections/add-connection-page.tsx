export default function AddConnectionPage() {
  return <h1>Add</h1>
}
