// Why the way to a server ended, by the code with which it did.

export interface RouteWords {
  finding: string
  fix: string
}

const HERE = 'the machine on which Plugboard runs'

export function wordsForLookup(hostname: string, code: string): RouteWords {
  if (code !== 'ENOTFOUND') return { finding: `Looking up ${hostname} did not end in an answer.`, fix: `See whether DNS works on ${HERE}.` }
  return { finding: `No address is known for ${hostname}.`, fix: `Check the spelling of the host; the DNS of ${HERE} has to know it.` }
}

export function wordsForSocket(host: string, hop: 'rules' | 'connect', code: string): RouteWords {
  switch (code) {
    case 'EGRESS_OWN_LISTENER':
      return { finding: `${host} is this Plugboard itself.`, fix: 'Connect the address of the MCP server.' }
    case 'upstream.invalid_url':
      return { finding: `${host} is only reached over https.`, fix: 'Connect its https address, or list the host in EGRESS_ALLOW.' }
    case 'ECONNREFUSED':
      return { finding: `Nothing listens at ${host}.`, fix: 'Start the server, or check the port.' }
    case 'EGRESS_CONNECT_TIMEOUT':
      return { finding: `${host} did not take a connection within 5 seconds.`, fix: `A firewall may stand between: see whether ${HERE} gets there.` }
  }
  if (hop === 'connect') return { finding: `A connection to ${host} could not be opened.`, fix: `See whether ${HERE} gets there.` }
  return {
    finding: `This installation may not connect to ${host}: its address is a private one.`,
    fix: 'If it is meant to be reached, list it in EGRESS_ALLOW.',
  }
}

export function wordsForCertificate(host: string, code: string): RouteWords {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { finding: `The certificate of ${host} has expired.`, fix: 'Whoever runs the server has to renew it.' }
    case 'CERT_NOT_YET_VALID':
      return { finding: `The certificate of ${host} is not valid yet.`, fix: `Compare the clock of ${HERE}.` }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        finding: `The certificate of ${host} was made for another name.`,
        fix: 'Connect the name that the certificate is for, or have the server get one for this name.',
      }
    case 'EGRESS_CONNECT_TIMEOUT':
      return { finding: `${host} took the connection and did not speak TLS within 5 seconds.`, fix: 'Check the port: TLS has to be spoken there.' }
  }
  if (!/CERT|SIGNATURE|ISSUER/.test(code)) return { finding: `${host} did not speak TLS.`, fix: 'Check the port: TLS has to be spoken there.' }
  return {
    finding: `The certificate of ${host} is signed by nobody who is trusted here.`,
    fix: 'The server needs a certificate of a public authority, and has to send the intermediate ones along.',
  }
}
