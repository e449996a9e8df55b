import Button from 'antd/es/button';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { wizardTexts } from './texts';

/** Opens WeChat's console in the system browser. */
export function OpenPlatform() {
  const t = useTexts(wizardTexts);
  const toast = useToast();
  return (
    <div>
      <Button
        type="link"
        size="small"
        icon={<Icon name="external" size={14} />}
        onClick={() => {
          call('app.openExternal', { url: 'https://mp.weixin.qq.com/' }).catch(toast.failed);
        }}
      >
        {t('openBasic')}
      </Button>
    </div>
  );
}
