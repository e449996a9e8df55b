/** Class names of a `*.module.css` file; a missing class reads as undefined and draws nothing. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
