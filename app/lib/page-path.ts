/** The path of a page, also where `url` is that of its data: Remix asks for those at `/path.data`, of the start page at `/_root.data`. */
export const pagePath = ({ pathname }: URL): string => (pathname === '/_root.data' ? '/' : pathname.replace(/\.data$/, ''))
