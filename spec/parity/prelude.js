// prelude.js - what every scenario of spec/parity/ logs with, under Node. prelude.lua is its twin:
// the same calls print the same lines there. Never tests anything itself.
'use strict';
const net = require('net');
require('stream').setDefaultHighWaterMark(false, 65536); // Node 22's default, ours as well
net.setDefaultAutoSelectFamilyAttemptTimeout(500);       // Node 24's default, ours as well

const masks = []; // [text, name]: what differs from run to run (ports, paths) and how it is printed

function show(value, nested) {
  if (value === undefined || value === null) return 'nil';
  if (value instanceof Error) return `${value.name}${value.code ? ` [${value.code}]` : ''}: ${value.message}`;
  if (Buffer.isBuffer(value)) value = value.toString('latin1');
  if (typeof value === 'string') return nested ? JSON.stringify(value) : value;
  if (typeof value === 'function') return 'function';
  if (Array.isArray(value)) return `[${value.map((v) => show(v, true)).join(', ')}]`;
  if (typeof value === 'object') {
    if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value.constructor.name;
    const keys = Object.keys(value).filter((k) => value[k] !== undefined && value[k] !== null).sort();
    return `{${keys.map((k) => `${k}: ${show(value[k], true)}`).join(', ')}}`;
  }
  return String(value);
}

// log(...): one line, the values separated by a space
exports.log = (...values) => {
  let line = values.map((v) => show(v, false)).join(' ');
  for (const [text, name] of masks) line = line.split(text).join(name);
  console.log(line);
};
// mask(value, name): from now on `value` is printed as `name`
exports.mask = (value, name) => { masks.push([String(value), name]); };
// attempt(label, f): logs what f throws, or what it returns
exports.attempt = (label, f) => {
  let result;
  try { result = f(); } catch (err) { exports.log(label, 'throws', err); return undefined; }
  exports.log(label, 'returns', result);
  return result;
};
// trace(label, emitter, names): logs each of these events with its arguments
exports.trace = (label, emitter, names) => {
  for (const name of names) emitter.on(name, (...args) => exports.log(label, name, ...args));
  return emitter;
};
// tmp(name): a path for a Unix socket, printed as name
exports.tmp = (name) => {
  const path = require('path').join(process.env.PARITY_TMP || '/tmp', `${name}-${process.pid}`);
  exports.mask(path, name);
  return path;
};
