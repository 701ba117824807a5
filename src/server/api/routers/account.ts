import { changePassword, signOutEverywhere, updateProfile } from "@/server/services/account/change-account";
import { deleteAccount } from "@/server/services/account/delete-account";
import { describeMe } from "@/server/services/account/describe-me";
import { registerUser } from "@/server/services/account/register-user";
import { changePasswordInput, deleteAccountInput, me, registerInput, updateProfileInput } from "@/shared/account";
import { okOutput } from "@/shared/common";
import { publicProcedure, signedInProcedure } from "../procedures";
import { router } from "../trpc";

export const accountRouter = router({
  /** The same reply whether or not the address is known. */
  register: publicProcedure
    .input(registerInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => registerUser(input, ctx)),
  me: signedInProcedure.output(me).query(({ ctx }) => describeMe(ctx.user)),
  updateProfile: signedInProcedure
    .input(updateProfileInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => updateProfile(ctx.user.id, input.name)),
  /** Ends every session, this one too. */
  changePassword: signedInProcedure
    .input(changePasswordInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => changePassword(ctx.user.id, input)),
  signOutEverywhere: signedInProcedure.output(okOutput).mutation(({ ctx }) => signOutEverywhere(ctx.user.id)),
  deleteAccount: signedInProcedure
    .input(deleteAccountInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => deleteAccount(ctx.actor, input.password)),
});
