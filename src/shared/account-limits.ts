/** Said beside the field, before the schemas and with them Zod are loaded. */
export const PASSWORD_MIN = 10;
