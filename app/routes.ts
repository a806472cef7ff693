// The whole map of pages, by URL.
import { index, route, type RouteConfig } from '@remix-run/route-config'

const routes: RouteConfig = [index('./routes/home-page.tsx'), route('*', './routes/not-found-page.tsx')]

export default routes
