// What an API key can be limited to. What is left out is no limit.
import { z } from 'zod'
import { parseAddressRange } from '../config/address-range.ts'

const MAX_LIST = 100

const listOf = <Item extends z.ZodType<string>>(item: Item) => z.array(item).min(1, 'may not be empty; leave it out for no limit').max(MAX_LIST)

const operation = z.enum(['read', 'write', 'execute'])
const addressRange = z.string().refine((text) => parseAddressRange(text) !== undefined, 'must be an address such as 203.0.113.7 or a range such as 203.0.113.0/24')

export const apiKeyLimitsInput = {
  namespaces: listOf(z.string().min(1).max(100)).optional().describe('The namespaces it is for; all of the organization, if left out.'),
  operations: listOf(operation).optional().describe('What it may do with connections: look, change, call; all of it, if left out.'),
  addresses: listOf(addressRange).optional().describe('From where it, and what it minted, may be used: addresses and CIDRs; anywhere, if left out.'),
}

export const apiKeyLimitsView = {
  namespaces: z.array(z.string()).nullable(),
  operations: z.array(operation).nullable(),
  addresses: z.array(z.string()).nullable(),
}
