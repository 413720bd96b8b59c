/** The sandbox: GraphiQL under a bar that says who is asking. */
import './style-nonce.ts'
import 'graphiql/setup-workers/vite'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import '@graphiql/plugin-explorer/style.css'
import './colours.css'
import './controls.css'
import './account-bar.css'
import './notice.css'
import './sign-in-dialog.css'
import './saved-operations-panel.css'
import './graphiql.css'
import './telephone.css'
import { Sandbox } from './sandbox.tsx'
import { readSettings } from './settings.ts'

const place = document.getElementById('sandbox')
if (place === null) throw new Error('The page has no place for the sandbox.')
createRoot(place).render(<Sandbox settings={await readSettings()} />)
