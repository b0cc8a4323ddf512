import { rmSync } from 'node:fs'
import { Application, Logger, LogLevel } from 'typedoc'
import { load, MarkdownPageEvent, MarkdownRendererEvent } from 'typedoc-plugin-markdown'

/** TypeDoc tells what is wrong to its logger, and nobody else. */
class Problems extends Logger {
  messages = []

  log(message, level) {
    if (level >= LogLevel.Warn) this.messages.push(message)
  }
}

/**
 * Writes the API reference that the TSDoc comments of `doors` make: an index, and for each door a page that lists its
 * exports, and a page for each export. A door that exports what an earlier one has documented links there.
 *
 * Resolves with what is wrong, a sentence each: what has no comment, what an export shows without being exported, links
 * that lead nowhere.
 */
export async function makeApiDocs({ doors, tsconfig, outDir }) {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: doors,
    tsconfig,
    plugin: [load],
    outputs: [{ name: 'markdown', path: outDir }],
    name: 'API reference',
    logLevel: 'Warn',
    readme: 'none',
    router: 'member',
    disableGit: true,
    disableSources: true,
    excludeExternals: true,
    excludeInternal: true,
    // Text after `@defaultValue` is no code unless it says so.
    jsDocCompatibility: { defaultTag: false },
    requiredToBeDocumented: [
      ...['Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
      ...['Property', 'Method', 'Accessor'],
    ],
    validation: { notExported: true, notDocumented: true, invalidLink: true },
    sort: ['source-order'],
    sortEntryPoints: false,
    groupReferencesByType: true,
    groupOrder: [
      ...['Hooks', 'Components', 'Functions', 'Variables', 'Errors', 'Classes'],
      ...['Interfaces', 'Type Aliases', 'Constructors', 'Properties', 'Methods'],
    ],
    pageTitleTemplates: { index: '{projectName}' },
    hidePageHeader: true,
    useCodeBlocks: true,
    expandObjects: true,
    expandParameters: true,
    indexFormat: 'table',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    propertyMembersFormat: 'table',
    typeDeclarationFormat: 'table',
    tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true },
  })
  const problems = new Problems()
  app.logger = problems
  app.renderer.on(MarkdownRendererEvent.BEGIN, ({ project }) => listWhatIsExportedAgain(project))
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    page.contents = tidy(page.contents)
  })
  rmSync(outDir, { recursive: true, force: true })
  const project = await app.convert()
  if (project) {
    app.validate(project)
    await app.generateOutputs(project)
  }
  return problems.messages
}

/** Puts it into a door's tables with its description, where there would be a heading and a link. */
function listWhatIsExportedAgain(project) {
  for (const { groups = [] } of project.children ?? []) {
    for (const group of groups) {
      group.children = group.children.map((child) =>
        child.isReference() ? child.getTargetReflectionDeep() : child,
      )
    }
  }
}

/** Takes out what says nothing to a reader. */
function tidy(page) {
  return (
    page
      // Defaults that there are not.
      .replaceAll(' | `undefined` | ', ' |  | ')
      // What all errors are made with has no name.
      .replaceAll(/^- `\(Anonymous class\)`.*$/gm, '- [`SttError`](SttError.md)')
      .replaceAll(/^#+ (Inherited from|Overrides|Inherit Doc)\n\n.*\n*/gm, '')
  )
}
