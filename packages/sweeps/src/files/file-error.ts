import { InputError } from '@thresher/core'

const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder. Check the path',
  ENOTDIR: 'a part of the path is a file, not a folder. Check the path',
  EACCES: 'permission denied. Allow this user to read it',
  EPERM: 'permission denied. Allow this user to read it',
  ELOOP: 'a loop of symbolic links. Point it at the file itself',
  ENAMETOOLONG: 'the path is too long. Check it',
  EISDIR: 'is a folder; a file is needed. Name a file in it',
  EMFILE: 'too many open files. Raise the limit (ulimit -n)',
  ENFILE: 'too many open files on this machine. Close some programs',
  EIO: 'the disk gave a read error. Copy the file again',
}

/** Turns what the file system threw into one line naming the path; anything else comes back as it is. */
export function fileError(path: string, error: unknown): unknown {
  if (error instanceof InputError || !isSystemError(error)) return error
  const reason = REASONS[error.code] ?? `cannot be read (${error.code}). Check the file`
  return new InputError(`${path}: ${reason}.`, { cause: error })
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}
