/** GraphiQL asks once whether the system is dark. Its editor, whose colours are not of the style sheet, is told again. */
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect } from 'react'
import type { ReactNode } from 'react'

export const SystemTheme = (): ReactNode => {
  const { theme } = useGraphiQL(pick('theme'))
  const { setTheme } = useGraphiQLActions()
  useEffect(() => {
    if (theme !== null) return undefined
    const system = matchMedia('(prefers-color-scheme: dark)')
    const follow = (): void => setTheme(null)
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [theme, setTheme])
  return null
}
