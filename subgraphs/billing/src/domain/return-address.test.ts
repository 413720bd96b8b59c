import { expect, it } from 'vitest'
import { addressFault } from './return-address.ts'

const OWN = 'http://localhost:4000'

it.each(['https://app.example.com/billing?done=1', 'http://localhost:4000/billing', 'https://localhost:9/'])(
  'lets somebody come back to %s',
  (address) => expect(addressFault(address, OWN)).toBeNull(),
)

it.each([
  'http://app.example.com/',
  'http://localhost:4001/',
  'javascript:alert(1)',
  'https://user:secret@app.example.com/',
  'app.example.com',
  '',
  `https://app.example.com/${'x'.repeat(2_000)}`,
])('refuses %s', (address) => expect(addressFault(address, OWN)).not.toBeNull())
