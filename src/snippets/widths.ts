/** How wide code may be, in columns. Two files of the narrow width fit abreast. */
export const narrow = 64;
export const wide = 80;
