<?php $url = "https://api.procore.com/vapid/me";
