import { describe, expect, it } from 'vitest'
import { chooseRegistration, type RegistrationWay } from '../../../../server/oauth/registration/choose-registration.ts'
import { serverOf } from '../server-of.ts'

const URL_OF_DOCUMENT = 'https://plugboard.example/oauth/client-metadata/x.json'

describe('the way to become a client', () => {
  it.each<[RegistrationWay, boolean, boolean, boolean, boolean]>([
    // way, somebody gave us one, the server reads documents, ours can be read, the server registers
    ['preregistered', true, true, true, true],
    ['preregistered', true, false, false, false],
    ['metadata_document', false, true, true, true],
    ['metadata_document', false, true, true, false],
    ['dynamic', false, true, false, true],
    ['dynamic', false, false, true, true],
    ['ask', false, true, false, false],
    ['ask', false, false, true, false],
  ])('is %s', (way, hasPreregistered, metadataDocumentSupported, readable, registers) => {
    const server = serverOf({ metadataDocumentSupported, registrationEndpoint: registers ? 'https://as.example/register' : undefined })
    expect(chooseRegistration(server, { hasPreregistered, metadataDocumentUrl: readable ? URL_OF_DOCUMENT : undefined })).toBe(way)
  })
})
