/** The handbook of whoever runs the platform is true: its variables, ports, runbooks, links and commands exist. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { COMMAND_LOADERS } from '@stormops/cli/command-list'
import { Command } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { ANCHORS, COMMANDS_TOLD, firstColumn, OPERATE, sectionOf } from './runbooks.ts'
import { COMMANDS, PORTS, read, ROOT, VARIABLES } from './settings.ts'

describe('the environment', () => {
  it('is told in the handbook to the last variable', () => {
    expect(VARIABLES.length).toBeGreaterThan(15)
    expect(firstColumn(sectionOf('Environment')).toSorted()).toEqual(VARIABLES.toSorted())
  })
})

describe('the table of processes', () => {
  it('has each command and its port', () => {
    const section = sectionOf('Processes and ports')
    for (const [name, command] of COMMANDS) {
      expect(section).toContain(`| ${name} | \`stormops ${command.join(' ')}\` | ${PORTS.get(name)} |`)
    }
  })
})

/** Where alerts send somebody; the platform's own name the same headings. */
const RUNBOOKS = [
  'job-failures',
  'queue-backlog',
  'workers-silent',
  'scaling-workers',
  'webhook-failures',
  'dead-letters',
  'database-down',
  'cell-away',
  'redis-down',
  'mass-quota-overage',
  'key-rotation',
  'restore',
  'backup-too-old',
  'disk-nearly-full',
  'move-a-company',
  'rolling-restart',
]

describe('a runbook', () => {
  it.each(RUNBOOKS)('%s is there', (anchor) => {
    expect([...ANCHORS]).toContain(anchor)
  })

  it('is there for everything the platform watches', () => {
    const files = ['chassis', 'subgraphs'].flatMap((place) =>
      readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
        .map((file) => join(place, file)),
    )
    expect(files.length).toBeGreaterThan(100)
    const named = files.flatMap((file) =>
      [...read(file).matchAll(/runbook: '([a-z-]+)'/g)].map(([, anchor = '']) => anchor),
    )
    for (const anchor of named) expect([...ANCHORS]).toContain(anchor)
  })
})

describe('a link', () => {
  it('leads to a heading or a file that is there', () => {
    const links = [...OPERATE.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(20)
    for (const link of links.filter((target) => !target.startsWith('http'))) {
      const [file = '', anchor] = link.split('#')
      if (file === '') expect([...ANCHORS]).toContain(anchor)
      else expect([link, existsSync(join(ROOT, 'docs', file))]).toEqual([link, true])
    }
  })
})

/** All commands, added to a program that nobody runs. */
const programOf = async (): Promise<Command> => {
  const program = new Command('stormops')
  for (const load of Object.values(COMMAND_LOADERS)) (await load())(program)
  return program
}

/** What is wrong with a line that somebody is told to type, or null. */
const faultOf = (program: Command, line: string): string | null => {
  const words = [...line.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word)
  let [command, place] = [program, 0]
  for (; place < words.length; place++) {
    const next = command.commands.find((known) => known.name() === words[place])
    if (next === undefined) break
    command = next
  }
  if (command === program) return `there is no command ${words[0]}`
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] ?? '')
  const unknown = options.find((option) => !command.options.some(({ long }) => long === option))
  if (unknown !== undefined) return `stormops ${command.name()} has no option ${unknown}`
  if (command.commands.length > 0 && options.length === 0 && place < words.length) {
    const isArgument = command.registeredArguments.length > 0
    if (!isArgument) return `stormops ${command.name()} has no command ${words[place]}`
  }
  return null
}

describe('a command', () => {
  let program: Command
  beforeAll(async () => {
    program = await programOf()
  })

  it('is found by its first word', () => {
    expect(program.commands.map((command) => command.name())).toEqual(Object.keys(COMMAND_LOADERS))
  })

  it('that somebody is told to type exists, with its options', () => {
    expect(COMMANDS_TOLD.length).toBeGreaterThan(20)
    expect(faultOf(program, 'tenant vanish')).not.toBeNull()
    expect(faultOf(program, 'vanish')).not.toBeNull()
    expect(faultOf(program, 'keys rotate --loudly')).not.toBeNull()
    const wrong = COMMANDS_TOLD.flatMap((line) => {
      const fault = faultOf(program, line)
      return fault === null ? [] : [`${line}: ${fault}`]
    })
    expect(wrong).toEqual([])
  })
})
