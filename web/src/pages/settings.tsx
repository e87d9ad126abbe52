import { Button, ButtonLink } from '../components/button.tsx';
import { GeneralRefusals, useSubmission } from '../components/form.tsx';
import { Page, Section } from '../components/page.tsx';
import { session } from '../session/session.ts';
import { Appearance } from './settings/appearance.tsx';
import { Data } from './settings/data.tsx';
import { Deletion } from './settings/deletion.tsx';
import { Password } from './settings/password.tsx';
import { Profile } from './settings/profile.tsx';
import { SecondFactor } from './settings/second-factor.tsx';
import { Sessions } from './settings/sessions.tsx';

export default function Settings() {
  const signOut = useSubmission({}, async () => {
    await session.logout('signed-out');
    return [];
  });
  return (
    <Page
      title="Settings"
      narrow
      actions={
        <Button icon="leave" isPending={signOut.isPending} onPress={signOut.submit}>
          Sign out
        </Button>
      }
    >
      <GeneralRefusals submission={signOut} />
      <Profile />
      <Appearance />
      <Password />
      <SecondFactor />
      <Sessions />
      <Section title="API clients">
        <p className="row-detail">Let programs act for you, such as a nightly job or your shop’s server.</p>
        <div className="buttons">
          <ButtonLink to="/settings/api-clients">Manage API clients</ButtonLink>
        </div>
      </Section>
      <Section title="Webhooks">
        <p className="row-detail">Send events to a program of yours, such as paid orders and received transfers.</p>
        <div className="buttons">
          <ButtonLink to="/settings/webhooks">Manage webhooks</ButtonLink>
        </div>
      </Section>
      <Section title="Shops">
        <p className="row-detail">Let shops debit your account for your orders, within limits.</p>
        <div className="buttons">
          <ButtonLink to="/settings/shops">Manage shops</ButtonLink>
        </div>
      </Section>
      <Data />
      <Deletion />
    </Page>
  );
}
