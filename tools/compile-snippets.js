// Compiles every TypeScript snippet of the READMEs and docstrings of the packages that jsii compiles, with their fixtures.
// One program a package: seconds. jsii-rosetta, which finds the snippets here, too, takes minutes, as it also translates
// each into four languages: `npm run snippets:translate`.
// Usage: node tools/compile-snippets.js <folder>…   (at the root, after the packages are compiled)
'use strict';
const path = require('node:path');
const ts = require('typescript');

const ROOT = path.join(__dirname, '..');
// Its package names its entry alone; the version is pinned.
const rosetta = (file) => require(path.join(path.dirname(require.resolve('jsii-rosetta/package.json')), 'lib', file));
const { allTypeScriptSnippets, loadAssemblies } = rosetta('jsii/assemblies.js');
const { TypeScriptCompiler } = rosetta('typescript/ts-compiler.js');
const { completeSource, formatLocation } = require('jsii-rosetta');

const text = (message) => ts.flattenDiagnosticMessageText(message, ' ');

/** What is wrong with the snippets, a line each. */
function faultsOf(snippets) {
  const sources = snippets.map((snippet, index) => ({
    filename: path.join(ROOT, `snippet-${index}.ts`),
    contents: completeSource(snippet),
  }));
  const { program, rootFiles } = new TypeScriptCompiler().compileBatchInMemory(sources, ROOT);
  const found = program.getGlobalDiagnostics().map(({ messageText }) => text(messageText));
  for (const [index, file] of rootFiles.entries()) {
    const place = formatLocation(snippets[index].location);
    for (const { start, messageText } of [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]) {
      const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
      found.push(`${place}: ${text(messageText)}\n    ${file.text.split('\n')[line].trim()}`);
    }
  }
  return found;
}

async function main(folders) {
  for (const folder of folders) {
    const snippets = await allTypeScriptSnippets(loadAssemblies([path.join(ROOT, folder)], false), false);
    const faults = faultsOf(snippets);
    console.log(`${folder}: ${snippets.length} snippets, ${faults.length} faults`);
    faults.forEach((fault) => console.error(fault));
    if (snippets.length === 0 || faults.length > 0) {
      process.exitCode = 1;
    }
  }
}

void main(process.argv.slice(2));
