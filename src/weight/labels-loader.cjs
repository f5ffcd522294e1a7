const path = require('node:path');
const typescriptLoader = require('../islands/typescript-loader.cjs');

module.exports = typescriptLoader(path.join(__dirname, 'labels-loader.ts'));
