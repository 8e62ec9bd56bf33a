/** Of this program: that of package.json, which is raised together with this line. */
export const VERSION = "0.2.0";
