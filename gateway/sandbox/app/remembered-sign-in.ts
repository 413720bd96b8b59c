/**
 * Whether somebody signed in by cookie in this browser. No script can see the cookie, and to ask with none would be a
 * refused request for every stranger; so `/sign-in` leaves this mark beside it, which is no secret and opens nothing.
 */

/** As in gateway/sign-in-page/page.js. */
const KEY = 'stormops.signed-in'

export const isSignInRemembered = (): boolean => localStorage.getItem(KEY) !== null

export const rememberSignIn = (): void => localStorage.setItem(KEY, 'yes')

export const forgetSignIn = (): void => localStorage.removeItem(KEY)

/** Told of what other tabs of this browser do: true when somebody signed in there, false when somebody signed out. */
export const onSignInElsewhere = (changed: (signedIn: boolean) => void): (() => void) => {
  const listener = ({ key, newValue }: StorageEvent): void => {
    if (key === KEY) changed(newValue !== null)
  }
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}
