import { useLocalStorage } from '@mantine/hooks';

/** Whether this browser has put the guide away. What its steps say is never kept: the server knows. */
export const useGuideClosed = () =>
  useLocalStorage({ key: 'drover.guide-closed', defaultValue: false, getInitialValueInEffect: false });
