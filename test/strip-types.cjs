// Jest reads TypeScript the way Node does: types are stripped, nothing else changes.
const { stripTypeScriptTypes } = require('node:module');

module.exports = { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
