/**
 * Signs in with the token of a link. The token stands in the fragment, which browsers send to no server, and nothing
 * happens before somebody presses the button: programs that follow links in mails use none up.
 */
const ASK = `mutation ($input: RequestMagicLinkInput!) {
  requestMagicLink(input: $input) {
    __typename
    ... on RequestMagicLinkSuccess { message }
    ... on UserError { message }
  }
}`
const REDEEM = `mutation ($input: RedeemMagicLinkInput!) {
  redeemMagicLink(input: $input) {
    __typename
    ... on RedeemMagicLinkSuccess { session { tenant { name } } }
    ... on UserError { message }
  }
}`
/** Tells the sandbox that there is a cookie, which no script sees. As in gateway/sandbox/app/remembered-sign-in.ts. */
const SIGNED_IN = 'stormops.signed-in'
const FAILED = 'That did not work. Try again in a minute.'

const element = (id) => document.getElementById(id)
const tell = (text) => {
  element('told').textContent = text
}

const mutate = async (query, input) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors[0].message)
  return data
}

/** One press, one request; the form is there again when it failed. */
const onSubmit = (form, work) => {
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    form.hidden = true
    tell('One moment …')
    try {
      await work()
    } catch (error) {
      tell(error instanceof TypeError ? FAILED : error.message || FAILED)
      form.hidden = false
    }
  })
}

const askForLink = () =>
  onSubmit(element('ask'), async () => {
    const { requestMagicLink } = await mutate(ASK, { email: element('email').value })
    if (requestMagicLink.__typename !== 'RequestMagicLinkSuccess') throw new Error(requestMagicLink.message)
    tell(requestMagicLink.message)
  })

const redeem = (token) =>
  onSubmit(element('redeem'), async () => {
    const { redeemMagicLink } = await mutate(REDEEM, { token })
    if (redeemMagicLink.__typename !== 'RedeemMagicLinkSuccess') {
      askForLink()
      tell(redeemMagicLink.message)
      return
    }
    localStorage.setItem(SIGNED_IN, 'yes')
    tell(`You are signed in to ${redeemMagicLink.session.tenant.name}.`)
    element('onward').hidden = false
  })

const token = new URLSearchParams(location.hash.slice(1)).get('token')
// Not in the history, nor on a screen that somebody else sees.
history.replaceState(null, '', location.pathname)
if (token) redeem(token)
else askForLink()
