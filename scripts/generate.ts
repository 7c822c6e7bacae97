/** Writes the generated files (`npm run generate`, after `npm run build`). A test sees that they are fresh. */
import { writeFile } from 'node:fs/promises';
import { projectRoot } from '../src/core/project-root.js';
import { generateFiles } from './generated-files.js';

for (const file of await generateFiles(projectRoot)) {
  await writeFile(new URL(file.path, projectRoot), file.content);
  console.log(`wrote ${file.path}`);
}
