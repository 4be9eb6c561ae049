/**
 * The bill of materials in CycloneDX 1.6: the same for the same contents, so it has no time and no serial number.
 * @param {{ version: string, nodeVersion: string, addon: { name: string, version: string, sha256: string }, sha256: string, packages: import("./inventory.mjs").Package[] }} of
 *   `sha256`: the executable's
 */
export function billOfMaterials({ version, nodeVersion, addon, sha256, packages }) {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": "theset",
        name: "theset",
        version,
        licenses: [{ license: { id: "MIT" } }],
        hashes: [{ alg: "SHA-256", content: sha256 }],
      },
    },
    components: [
      {
        type: "platform",
        "bom-ref": "node",
        name: "node",
        version: nodeVersion,
        purl: `pkg:generic/node@${nodeVersion}`,
        licenses: [{ license: { id: "MIT" } }],
      },
      {
        type: "library",
        "bom-ref": addon.name,
        name: addon.name,
        version: addon.version,
        purl: purlOf(addon),
        licenses: [{ license: { id: "MIT" } }],
        hashes: [{ alg: "SHA-256", content: addon.sha256 }],
      },
      ...packages.filter(({ name }) => name !== addon.name).map(component),
    ],
  };
}

function component({ folder, name, version, licence, integrity }) {
  return {
    type: "library",
    "bom-ref": folder,
    name,
    version,
    purl: purlOf({ name, version }),
    licenses: [/[\s()]/.test(licence) ? { expression: licence } : { license: { id: licence } }],
    ...(integrity?.startsWith("sha512-") && {
      hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.slice(7), "base64").toString("hex") }],
    }),
  };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}
