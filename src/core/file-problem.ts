/** A stable code for why something could not be written to disk: `disk-full`, `not-writable`, `write-failed`. */
export function fileProblemOf(failure: unknown): 'disk-full' | 'not-writable' | 'write-failed' {
  switch (failure instanceof Error && 'code' in failure ? failure.code : null) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'disk-full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return 'not-writable';
    default:
      return 'write-failed';
  }
}
