/**
 * Names that programs of the system need to run, to find fonts, certificates and graphics cards, or to be looked into.
 * Everything else stays here: camera passwords and tokens are handed to the service in its environment, and a decoder reads
 * whatever a stranger's camera sends.
 */
const HANDED_ON =
  /^(PATH|HOME|USER|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+|LD_LIBRARY_PATH|XDG_\w+|FONTCONFIG_\w+|SSL_CERT_(FILE|DIR)|LIBVA_\w+|VDPAU_DRIVER|ONEVPL_\w+|CUDA_\w+|NVIDIA_\w+|MESA_\w+|DRI_PRIME|FFREPORT)$/;

/** The environment of a child that is a program of the system. */
export function childEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const handedOn: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && HANDED_ON.test(name)) handedOn[name] = value;
  }
  return handedOn;
}
