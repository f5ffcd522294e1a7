// Loaded before every command, by whatever Node there is: a version that is too
// old must be able to parse this file and to reach its sentence. So it keeps to
// the syntax of 2015, and requires nothing before it has looked at the version.
const version = process.versions.node.split('.');
const major = Number(version[0]);
const minor = Number(version[1]);

// The first versions of each line in which `require` loads ES modules.
const supported =
  (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (!supported) {
  const found = process.versions.node;
  const text = `Dirty Bit needs Node.js 20.19, 22.12 or newer, and this is ${found}: get a current one at https://nodejs.org.`;
  console.error(text);
  process.exit(1);
}

require('./installation.cjs').ensureInstalled();
