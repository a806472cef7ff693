// Short times for axes and tables. Not Intl: a formatter costs more than a page, and both sides must agree to the letter.
import { useHydrated } from './use-hydrated.ts'

/** The server does not know where its reader is; it says UTC, and the browser puts that right once it runs. */
export type Zone = 'utc' | 'local'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `14:05` */
export const clockLabel = (at: Date, zone: Zone): string =>
  zone === 'utc' ? `${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}` : `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`

/** `22 Nov` */
export const dayLabel = (at: Date, zone: Zone): string =>
  zone === 'utc' ? `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}` : `${at.getDate()} ${MONTHS[at.getMonth()]}`

/** `22 Nov, 14:00–14:30` */
export function spanLabel(startMs: number, stepMs: number, zone: Zone): string {
  const [start, end] = [new Date(startMs), new Date(startMs + stepMs)]
  return `${dayLabel(start, zone)}, ${clockLabel(start, zone)}–${clockLabel(end, zone)}`
}

export const useZone = (): Zone => (useHydrated() ? 'local' : 'utc')
