export default function EditConnectionPage() {
  return <h1>Edit</h1>
}
