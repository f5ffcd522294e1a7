/**
 * Whether node_modules is what package-lock.json asks for. A stamp says so: it
 * is written only after an installation ended well, so an interrupted one is
 * mended by the next command.
 *
 * Run as a program, this file writes the stamp. npm does so after any command
 * of its own that changed node_modules (the `dependencies` script).
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.installed');
const lockFile = path.join(root, 'package-lock.json');
const manifest = path.join(root, 'package.json');

function ensureInstalled() {
  const reason = reasonToInstall();
  if (reason === undefined) return;
  console.error(`Installing the packages with npm: ${reason}.`);
  fs.rmSync(stampFile, { force: true });
  if (installPackages() === 0) writeStamp();
  else {
    console.error(
      '\nThe packages could not be installed, see the message of npm above. It needs the npm registry; where that is behind a proxy, `npm config set proxy <address>` leads there. Then run the same command again.',
    );
    process.exit(1);
  }
}

function writeStamp() {
  fs.mkdirSync(modules, { recursive: true });
  fs.writeFileSync(stampFile, fingerprint());
}

/** @returns {string | undefined} */
function reasonToInstall() {
  if (!fs.existsSync(modules)) return 'there is no node_modules yet';
  if (!fs.existsSync(stampFile))
    return 'their last installation did not finish';
  return fs.readFileSync(stampFile, 'utf8') === fingerprint()
    ? undefined
    : 'package-lock.json has changed since they were installed';
}

/** Packages hold binaries, hence the platform: a folder may be shared. */
function fingerprint() {
  const source = fs.existsSync(lockFile) ? lockFile : manifest;
  return createHash('sha256')
    .update(`${process.platform} ${process.arch}\n`)
    .update(fs.readFileSync(source))
    .digest('hex');
}

/**
 * Not `npm ci`, which refuses a lock file that was written where the binaries
 * of other platforms are not to be had. `--no-save` follows the lock as well,
 * and leaves it as it is. Development packages are asked for, since NODE_ENV
 * may exclude them.
 */
function installPackages() {
  const args = ['install', '--no-save', '--include=dev'];
  // The npm that runs this command is a script for this very Node. Without one
  // it is that of the PATH, which on Windows only a shell can start.
  const script = process.env.npm_execpath;
  const known = script?.endsWith('npm-cli.js') === true;
  const { status, signal, error } = spawnSync(
    known ? process.execPath : 'npm',
    [...(known ? [script] : []), ...args, '--no-audit', '--no-fund'],
    {
      cwd: root,
      // All of it to stderr: stdout belongs to the command that comes after.
      stdio: ['inherit', 2, 2],
      shell: !known && process.platform === 'win32',
    },
  );
  if (error !== undefined) console.error(error.message);
  if (signal !== null) process.kill(process.pid, signal);
  return status;
}

// Run by npm, which may have been told to leave the development packages out.
if (require.main === module) {
  const { NODE_ENV, npm_config_omit: omitted = '' } = process.env;
  // npm's own list of what is there: without it, nobody has installed anything.
  const isInstalled = fs.existsSync(path.join(modules, '.package-lock.json'));
  const isWhole =
    isInstalled && NODE_ENV !== 'production' && !omitted.includes('dev');
  if (isWhole) writeStamp();
  else fs.rmSync(stampFile, { force: true });
}

module.exports = { ensureInstalled };
