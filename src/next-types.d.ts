/**
 * In place of `next-env.d.ts`, which as soon as there is a file under `src/pages` takes it that any component may be
 * drawn by the pages router, where the hooks of `next/navigation` can be null. Ours has one API file and draws nothing.
 */
/// <reference types="next" />
/// <reference types="next/image-types/global" />
