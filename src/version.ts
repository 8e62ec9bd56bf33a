/** Of this program: that of package.json, which `npm run release` raises together with this line. */
export const VERSION = "0.1.0";
