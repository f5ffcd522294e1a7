import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectFile } from './project-file.ts';

const here = 'examples/shared/project-file.ts';

function standIn(folder: string): void {
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
}

test('a file of the project is found from its root and from below', () => {
  const file = projectFile(here);
  expect(fs.existsSync(file)).toBe(true);
  standIn(path.dirname(file));
  expect(projectFile(here)).toBe(file);
});

test('outside of the project there is none, and the error says so', () => {
  standIn(os.tmpdir());
  expect(() => projectFile(here)).toThrow('run this inside of the project');
});
