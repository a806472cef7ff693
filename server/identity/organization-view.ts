export interface OrganizationView {
  id: string
  name: string
}
