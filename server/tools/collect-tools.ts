import { collectPages } from './collect-pages.ts'
import type { Tool } from './tool.ts'

type AskForPage = (params: { cursor?: string }) => Promise<Record<string, unknown>>

/** All pages of tools/list. @throws upstream.* */
export const collectTools = (askForPage: AskForPage): Promise<Tool[]> => collectPages(askForPage, { method: 'tools/list', member: 'tools', isItem: isTool })

const isTool = (value: unknown): value is Tool => typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
