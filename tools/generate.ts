/** Writes the generated files; with --check it only says whether they are fresh. None exist yet (openapi.json comes with the whole contract). */
console.log('generated files: none');
