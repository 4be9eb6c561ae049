// Preloaded into the program and its threads outside of an executable: assets come from files, and at
// the end of each thread what it has compiled is written down. RECORD: JSON of { assets: { name: file }, folder }.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const sea = require("node:sea");
const v8 = require("node:v8");
const vm = require("node:vm");
const { isMainThread } = require("node:worker_threads");

const { assets, folder } = JSON.parse(process.env.RECORD);

sea.getAssetKeys = () => Object.keys(assets);
sea.getAsset = (name, encoding) => readFileSync(assets[name], encoding);
sea.getRawAsset = (name) => new Uint8Array(readFileSync(assets[name])).buffer;

const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (`${options.filename}.zst` in assets) scripts.set(options.filename, this);
  }
};

// What has not run for a while would be forgotten.
v8.setFlagsFromString("--no-flush-bytecode");

process.on("exit", () => {
  // Compiled code is taken only by a process with the same flags.
  v8.setFlagsFromString("--flush-bytecode");
  for (const [name, script] of scripts) writeFileSync(join(folder, `${name}.cache`), script.createCachedData());
  if (!isMainThread) v8.setFlagsFromString("--no-flush-bytecode");
});
